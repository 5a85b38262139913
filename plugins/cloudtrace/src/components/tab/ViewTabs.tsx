import { styled } from '@mui/material/styles';
import { Suspense, useEffect, useRef, type ComponentType } from 'react';
import { Link } from '../../routing';
import { useText } from '../../state/useText';
import { useViewLink } from '../../state/useViewLink';
import { useViewTitle } from '../../state/useViewTitle';

const ViewLink = styled(Link)(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: theme.spacing(0.75),
  padding: theme.spacing(1, 1.5),
  color: theme.palette.text.secondary,
  textDecoration: 'none',
  whiteSpace: 'nowrap',
  fontSize: theme.typography.pxToRem(14),
  fontWeight: 500,
  borderBottom: '2px solid transparent',
  '&:hover': { color: theme.palette.text.primary },
  '&:focus-visible': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: -2,
  },
  '&[aria-current]': {
    color: theme.palette.text.primary,
    borderBottomColor: theme.palette.primary.main,
  },
}));

/** The properties of a view that the list of views needs. */
export interface ViewTab {
  path: string;
  title: string;
  Badge?: ComponentType;
}

const Strip = styled('nav')(({ theme }) => ({
  display: 'flex',
  overflowX: 'auto',
  borderBottom: '1px solid',
  borderColor: theme.palette.divider,
  scrollbarWidth: 'thin',
}));

/** Links to the views, which keep environment, range, live mode and time zone. */
export function ViewTabs(props: { views: ViewTab[]; open?: string }) {
  const { views, open } = props;
  const titleOf = useViewTitle();
  const t = useText();
  const linkTo = useViewLink();
  const strip = useRef<HTMLElement>(null);
  // On a narrow screen the link of the open view can be outside the visible
  // part.
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
  }, [open]);
  return (
    <Strip ref={strip} aria-label={t('frame.views')}>
      {views.map(({ path, title, Badge }) => (
        <ViewLink
          key={path}
          to={linkTo(path)}
          aria-current={path === open ? 'page' : undefined}
        >
          {titleOf(title)}
          {Badge && (
            <Suspense fallback={null}>
              <Badge />
            </Suspense>
          )}
        </ViewLink>
      ))}
    </Strip>
  );
}
