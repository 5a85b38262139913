import { Button } from '@backstage/ui';
import Paper from '@mui/material/Paper';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useText } from '../../state/useText';

const Frame = styled(Paper)({ position: 'relative', textAlign: 'left' });

const Code = styled('pre')(({ theme }) => ({
  margin: 0,
  padding: theme.spacing(2),
  paddingRight: theme.spacing(11),
  // Long lines wrap, because a scrollbar would hide their ends behind
  // the button.
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  fontFamily: 'monospace',
  fontSize: 13,
  lineHeight: 1.6,
}));

const CopyButton = styled(Button)({
  position: 'absolute',
  top: 8,
  right: 8,
});

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
    <Frame variant="outlined">
      <Code aria-label={label} tabIndex={0}>
        {text}
      </Code>
      <CopyButton variant="secondary" onPress={copy}>
        {copied ? t('states.copied') : t('states.copy')}
      </CopyButton>
    </Frame>
  );
}
