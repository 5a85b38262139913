/**
 * Runs checks on a number of cores. Each check starts in its turn, when the
 * checks that it needs have ended and its cores are free. A check that needs
 * fewer cores may overtake one that has to wait.
 *
 * @param checks in order of preference: `{ name, cores = 1, needs = [] }`; a
 * name in `needs` that is not among the checks is ignored
 * @param run `async check => result`
 * @param cores the most that all running checks together may use
 * @returns the results in the order of the checks
 */
export async function scheduleChecks(checks, run, cores) {
  const names = checks.map(({ name }) => name);
  const pending = new Set(checks);
  const running = new Map();
  const results = new Map();
  const ended = name => !names.includes(name) || results.has(name);
  const coresOf = ({ cores: wanted = 1 }) => Math.min(wanted, cores);
  const isFree = check =>
    coresOf(check) +
      [...running.keys()].reduce((sum, other) => sum + coresOf(other), 0) <=
    cores;

  while (pending.size + running.size > 0) {
    for (const check of pending) {
      if (!isFree(check) || !(check.needs ?? []).every(ended)) continue;
      pending.delete(check);
      const end = async () => {
        results.set(check.name, await run(check));
        running.delete(check);
      };
      running.set(check, end());
    }
    if (running.size === 0) {
      const left = [...pending].map(({ name }) => name).join(', ');
      throw new Error(`These checks need each other: ${left}`);
    }
    await Promise.race(running.values());
  }
  return names.map(name => results.get(name));
}
