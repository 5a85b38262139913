import Typography, { type TypographyProps } from '@mui/material/Typography';

/** Text in lines that are short enough to read. */
export function Paragraph(props: Omit<TypographyProps, 'sx' | 'ref'>) {
  return <Typography {...props} sx={{ maxWidth: '75ch' }} />;
}
