import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core';

const useStyles = makeStyles({
  root: {
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    marginBottom: -14,
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    marginLeft: 20,
  },
  name: {
    color: '#fff',
    fontSize: 20,
    fontWeight: 700,
    letterSpacing: '-0.02em',
  },
});

/** One request that fans out over three instances. */
const Mark = () => (
  <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
    <path
      d="M4 16h7c4 0 3-10 8-10h3M11 16h11M11 16c4 0 3 10 8 10h3"
      fill="none"
      stroke="#7df3e1"
      strokeWidth="2.4"
      strokeLinecap="round"
    />
    <circle cx="4.5" cy="16" r="3" fill="#7df3e1" />
    <circle cx="26" cy="6" r="3.4" fill="#7df3e1" />
    <circle cx="26" cy="16" r="3.4" fill="#7df3e1" />
    <circle cx="26" cy="26" r="3.4" fill="#7df3e1" />
  </svg>
);

export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link to="/" underline="none" className={classes.link} aria-label="Home">
        <Mark />
        {isOpen && <span className={classes.name}>CloudTrace</span>}
      </Link>
    </div>
  );
};
