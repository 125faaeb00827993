// Tests that need what is not there end with status 77, which CTest shows as skipped, and one line that says why.
export const skip = (why) => {
  console.log(`skipped: ${why}`);
  process.exit(77);
};
