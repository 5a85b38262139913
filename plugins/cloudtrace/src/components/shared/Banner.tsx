import { Alert, type AlertProps } from '@backstage/ui';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

// As large as the text of the view: a warning is not a footnote.
const Content = styled('div')(({ theme }) => ({
  fontSize: theme.typography.body2.fontSize,
  overflowWrap: 'anywhere',
}));

const WrappingAlert = styled(Alert)({
  flexWrap: 'wrap',
  rowGap: 8,
  // On a narrow screen, the action continues below the text.
  '& > :first-of-type': { flexBasis: 240 },
});

/** A message in the colour of its status, which screen readers announce. */
export function Banner(props: {
  status: Exclude<AlertProps['status'], object | undefined>;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { status, action, children } = props;
  return (
    <WrappingAlert
      role="alert"
      icon
      status={status}
      description={<Content>{children}</Content>}
      customActions={action}
    />
  );
}
