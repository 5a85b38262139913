import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useState } from 'react';
import { useText } from '../../state/useText';

/** Preformatted text with a copy button. */
export function CopyBlock(props: { text: string; label: string }) {
  const { text, label } = props;
  const t = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Paper variant="outlined" sx={{ position: 'relative', textAlign: 'left' }}>
      <Box
        component="pre"
        aria-label={label}
        tabIndex={0}
        sx={{
          m: 0,
          p: 2,
          pr: 11,
          // Long lines wrap, because a scrollbar would hide their ends behind
          // the button.
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          fontFamily: 'monospace',
          fontSize: 13,
          lineHeight: 1.6,
        }}
      >
        {text}
      </Box>
      <Button
        size="small"
        variant="outlined"
        onClick={copy}
        sx={{ position: 'absolute', top: 8, right: 8, textTransform: 'none' }}
      >
        {copied ? t('states.copied') : t('states.copy')}
      </Button>
    </Paper>
  );
}
