import type { BoxProps } from '@mui/material/Box';
import type { ElementType } from 'react';

/** The props of an element that every layout component passes on to it. */
export type LayoutProps = Omit<
  BoxProps,
  'sx' | 'ref' | 'gap' | 'component' | 'alignItems' | 'justifyContent'
> & {
  component?: ElementType;
};
