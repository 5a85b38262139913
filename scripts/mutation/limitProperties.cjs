/*
 * Ends the property tests of a mutant after a second: most mutants fail in the
 * first runs, and thousands of runs would decide how long the others take.
 */
const fastCheck = require.resolve('fast-check', { paths: [process.cwd()] });

require(fastCheck).configureGlobal({ interruptAfterTimeLimit: 1_000 });
