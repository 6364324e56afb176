// Code of no plugin, in the process of a host.
process.on("SIGWINCH", () => {
  throw new Error("s3cret");
});
