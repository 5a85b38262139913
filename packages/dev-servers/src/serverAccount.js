// @ts-check
const { execFileSync } = require('node:child_process');

/**
 * PostgreSQL refuses to run as root, so it then runs as the user `postgres`,
 * which this creates if missing.
 */
exports.serverAccount = function serverAccount() {
  if (process.getuid?.() !== 0) return undefined;
  try {
    return readAccount();
  } catch {
    makeAccount();
    return readAccount();
  }
};

function readAccount() {
  const id = (/** @type {string} */ flag) =>
    Number(
      execFileSync('id', [flag, 'postgres'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  return { uid: id('-u'), gid: id('-g') };
}

function makeAccount() {
  try {
    execFileSync('useradd', ['--system', '--user-group', 'postgres'], {
      stdio: 'ignore',
    });
  } catch {
    throw new Error(
      "PostgreSQL does not run as root, and the user 'postgres' could not be created: run as another user.",
    );
  }
}
