/*
 * Folders of a package import each other in one direction. What two folders
 * share belongs to a third one, below both.
 */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle-between-folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    // Types count too: they tie folders together as values do.
    tsPreCompilationDeps: true,
    // Tests assemble what they test, from wherever it is.
    exclude: { path: '(\\.test\\.|testUtils|/tests/)' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
