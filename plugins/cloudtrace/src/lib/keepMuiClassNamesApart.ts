import { unstable_ClassNameGenerator as ClassNameGenerator } from '@mui/material/className';

const PREFIX = 'v5-';

/**
 * Keeps the styles that an app writes for Material UI 4, such as those of
 * `.MuiButton-root`, away from our components. Backstage's theme does the same
 * for the copy of Material UI that it loads; ours can be another one.
 */
export function keepMuiClassNamesApart() {
  ClassNameGenerator.configure(name =>
    name.startsWith(PREFIX) ? name : `${PREFIX}${name}`,
  );
}
