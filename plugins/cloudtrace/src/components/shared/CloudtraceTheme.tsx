import { ThemeProvider, type Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';

/**
 * Replaces Material UI's colours that are too faint for small text: on white
 * and on dark paper these have the contrast of 4.5 that WCAG AA requires.
 */
const READABLE = {
  light: { warning: '#b34700', info: '#01679e' },
  dark: { error: '#ff9e94', success: '#81c784', info: '#4fc3f7' },
} as const;

function readable(palette: Theme['palette']): Theme['palette'] {
  const contrastText = palette.mode === 'dark' ? 'rgba(0, 0, 0, 0.87)' : '#fff';
  const changed = Object.entries(READABLE[palette.mode]).map(
    ([name, main]: [string, string]) => [
      name,
      { ...palette[name as 'error' | 'info'], main, contrastText },
    ],
  );
  return { ...palette, ...Object.fromEntries(changed) };
}

/** The fonts of Backstage UI, or those of the theme in an app without its styles. */
function fontsOfBackstageUi(typography: Theme['typography']) {
  const fontFamily = `var(--bui-font-regular, ${typography.fontFamily})`;
  const changed = Object.entries(typography).map(([name, value]) => [
    name,
    value?.fontFamily ? { ...value, fontFamily } : value,
  ]);
  return { ...Object.fromEntries(changed), fontFamily } as Theme['typography'];
}

/**
 * The app's theme with a few changes for dense views: quieter buttons, chips
 * without margins, and readable small text.
 */
function denser(theme: Theme): Theme {
  const { components = {}, palette } = theme;
  const fonts = fontsOfBackstageUi(theme.typography);
  return {
    ...theme,
    palette: readable(palette),
    typography: {
      ...fonts,
      button: { ...fonts.button, textTransform: 'none' },
    },
    components: {
      ...components,
      MuiChip: {
        ...components.MuiChip,
        styleOverrides: {
          ...components.MuiChip?.styleOverrides,
          // The layout around a chip sets its distance.
          root: [components.MuiChip?.styleOverrides?.root, { margin: 0 }],
        },
      },
    },
  };
}

/** Applies the theme of CloudTrace to its views. */
export function CloudtraceTheme(props: { children: ReactNode }) {
  return <ThemeProvider theme={denser}>{props.children}</ThemeProvider>;
}
