// The files the checks look at: what git tracks or would track, never what it ignores.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const trackedFiles = (pattern) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: repository, encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\n')
    .filter((file) => file && pattern.test(file) && existsSync(`${repository}/${file}`))
    .sort();
