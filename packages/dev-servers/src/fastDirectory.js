// @ts-check
const { accessSync, constants, statfsSync } = require('node:fs');
const { tmpdir } = require('node:os');

/**
 * What several test files at once may need, each with dozens of databases.
 * Containers often have only 64 MB of memory for files.
 */
const ROOM_BYTES = 2 * 1024 ** 3;

/** A folder for short-lived files: in memory, if the system has such a folder with enough room. */
function fastDirectory({ memory = '/dev/shm', roomBytes = ROOM_BYTES } = {}) {
  if (process.env.TMPDIR) return tmpdir();
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= roomBytes ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}
exports.fastDirectory = fastDirectory;
