/*
 * fast-check that ends the property tests of a mutant after a second: most
 * mutants fail in the first runs, and thousands of runs would decide how long
 * the others take. Loaded only by tests that import fast-check, because loading
 * takes longer than most tests.
 */
const path = require.resolve('fast-check', { paths: [process.cwd()] });
const fastCheck = require(path);

fastCheck.configureGlobal({ interruptAfterTimeLimit: 1_000 });

module.exports = fastCheck;
