describe('keepMuiClassNamesApart', () => {
  it.each([
    ['the plugin', () => import('../plugin')],
    ['the plugin for old apps', () => import('../legacy/plugin')],
  ])('prefixes class names of Material UI 5 when an app loads %s', (_, load) =>
    jest.isolateModulesAsync(async () => {
      await load();
      const { getPaperUtilityClass } = await import('@mui/material/Paper');
      expect(getPaperUtilityClass('root')).toBe('v5-MuiPaper-root');
    }),
  );
});
