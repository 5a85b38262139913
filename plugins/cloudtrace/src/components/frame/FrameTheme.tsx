import { ThemeProvider, type Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';

/**
 * The app's theme with the few changes that dense views need: buttons that do
 * not shout and table cells that do not break words.
 */
function denser(theme: Theme): Theme {
  const { components = {}, typography } = theme;
  return {
    ...theme,
    typography: {
      ...typography,
      button: { ...typography.button, textTransform: 'none' },
    },
    components: {
      ...components,
      MuiTableCell: {
        ...components.MuiTableCell,
        styleOverrides: {
          ...components.MuiTableCell?.styleOverrides,
          root: {
            wordBreak: 'normal',
            overflowWrap: 'anywhere',
            verticalAlign: 'middle',
            lineHeight: 1.4,
            margin: 0,
            padding: theme.spacing(0.75, 1.25),
            borderBottom: 0,
          },
        },
      },
    },
  };
}

/** Gives the views of CloudTrace their theme. */
export function FrameTheme(props: { children: ReactNode }) {
  return <ThemeProvider theme={denser}>{props.children}</ThemeProvider>;
}
