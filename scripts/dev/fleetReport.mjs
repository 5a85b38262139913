const READY = 'CLOUDTRACE_FLEET_READY';
const FAILED = 'CLOUDTRACE_FLEET_FAILED ';

/**
 * Reads the local fleet's output until its services run or have failed.
 *
 * @returns the services that failed, each with `name` and `message`
 */
export function readFleetReport(stdout) {
  return new Promise(resolve => {
    const failed = [];
    let rest = '';
    stdout.on('data', chunk => {
      const lines = (rest + chunk).split('\n');
      // The last line may continue in the next chunk.
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith(FAILED)) {
          failed.push(JSON.parse(line.slice(FAILED.length)));
        } else if (line.trim() === READY) {
          resolve(failed);
        }
      }
    });
  });
}

/** The message to a developer about failed services; undefined if none failed. */
export function describeFailures(failed, logFile) {
  if (failed.length === 0) return undefined;
  const services = failed
    .map(({ name, message }) => `${name} is not running: ${message}`)
    .join('\n');
  return `${services}\nThe portal works without it. The whole log is in ${logFile}; after a fix: npm run fleet -- start-service ${failed[0].name}`;
}
