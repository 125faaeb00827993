// The built programs, as the tests of the documents use them: COUNTERSIGN_PROGRAMS names their folders, with ':' between.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

const folders = (process.env.COUNTERSIGN_PROGRAMS ?? `${repository}/build/native/native/cli${delimiter}${repository}/build/native/demo/program`).split(delimiter);
if (!existsSync(join(folders[0], 'countersign'))) {
  console.error(`there is no program in ${folders[0]}; build it, or name its folder in COUNTERSIGN_PROGRAMS`);
  process.exit(1);
}

// A folder of one's own to run commands in, with the repository's assets in it; gone at the end.
export const workplace = () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-docs-'));
  symlinkSync(join(repository, 'assets'), join(folder, 'assets'));
  const environment = { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter), LC_ALL: 'C.UTF-8' };
  for (const name of ['COUNTERSIGN_DATA', 'COUNTERSIGN_TOKEN']) delete environment[name];
  return { folder, environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export const shell = async (place, command) => {
  const child = spawn('sh', ['-c', `{ ${command}\n} 2>&1`], { cwd: place.folder, env: place.environment, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => (said += piece));
  const [status] = await once(child, 'close');
  return { said, status };
};

// `countersign serve` on a free port over place/data; its first line is its address.
export const serve = async (place, ...options) => {
  const child = spawn('countersign', ['serve', '--port', '0', ...options], { cwd: place.folder, env: place.environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (piece) => (told += piece));
  const address = await new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (line) => resolve(line.trim()));
    child.once('exit', () => reject(new Error(`the server did not start: ${told}`)));
  });
  const stop = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  return { address, stop };
};
