import { Agent, get } from 'node:http';

const connections = 8;
const warmUpMs = 2_000;
const measuredMs = 8_000;

/**
 * Requests as fast as a few connections can, after a warm-up.
 *
 * @param {string} url
 */
export async function measureLists(url) {
  await load(url, warmUpMs);
  const durations = await load(url, measuredMs);
  durations.sort((a, b) => a - b);
  return {
    perSecond: (durations.length / measuredMs) * 1_000,
    p95Ms: durations[Math.floor(durations.length * 0.95)] ?? Number.NaN,
  };
}

/**
 * @param {string} url
 * @param {number} durationMs
 */
async function load(url, durationMs) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const until = performance.now() + durationMs;
  /** @type {number[]} */
  const durations = [];
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) durations.push(await timed(url, agent));
    }),
  );
  agent.destroy();
  return durations;
}

/**
 * @param {string} url
 * @param {Agent} agent
 * @returns {Promise<number>} duration in milliseconds
 */
function timed(url, agent) {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent }, response => {
      if (response.statusCode !== 200) {
        reject(new Error(`${url} responded with ${response.statusCode}`));
      }
      response.resume().on('end', () => resolve(performance.now() - startedAt));
    }).on('error', reject);
  });
}
