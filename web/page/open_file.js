// Lets the person choose a file and reads it whole.

const kLimitBytes = 64 * 1024 * 1024; // shell/platform/input.h
const kLimitWords = '64 MB';

// chosen({ name, bytes } or { name, problem }); not called when the person thinks better of it.
export const openFile = (ending, chosen) => {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = ending;
  input.addEventListener('change', async () => {
    const file = input.files[0];
    if (file === undefined) return;
    if (file.size > kLimitBytes) {
      chosen({ name: file.name, problem: `it has ${Math.ceil(file.size / 1024 / 1024)} MB; a file may have ${kLimitWords}` });
      return;
    }
    try {
      chosen({ name: file.name, bytes: await file.arrayBuffer() });
    } catch (error) {
      chosen({ name: file.name, problem: `the browser could not read it (${error.message})` });
    }
  });
  input.click();
};
