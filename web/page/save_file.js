// Offers bytes to the person as a file.

const kForgetMs = 60000;

export const saveFile = (name, bytes) => {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), kForgetMs);
};
