import AccountTreeIcon from '@mui/icons-material/AccountTree';
import BugReportIcon from '@mui/icons-material/BugReport';
import DifferenceIcon from '@mui/icons-material/Difference';
import FavoriteIcon from '@mui/icons-material/Favorite';
import HealingIcon from '@mui/icons-material/Healing';
import NotificationsIcon from '@mui/icons-material/Notifications';
import RocketLaunchIcon from '@mui/icons-material/RocketLaunch';
import SpeedIcon from '@mui/icons-material/Speed';
import StorageIcon from '@mui/icons-material/Storage';
import SwapVertIcon from '@mui/icons-material/SwapVert';
import type {
  EventSeverity,
  TimelineKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { SvgIconComponent } from '@mui/icons-material';

/** A separate icon for each kind of event. */
export const EVENT_ICONS: Record<TimelineKind, SvgIconComponent> = {
  deploy: RocketLaunchIcon,
  scaling: SwapVertIcon,
  health: FavoriteIcon,
  alarm: NotificationsIcon,
  failover: AccountTreeIcon,
  database: StorageIcon,
  scan: BugReportIcon,
  drift: DifferenceIcon,
  'load-test': SpeedIcon,
  healing: HealingIcon,
};

/** All kinds, in the order of the filter. */
export const EVENT_KINDS = Object.keys(EVENT_ICONS) as TimelineKind[];

/** The theme's colour of a severity. */
export const SEVERITY_COLORS: Record<EventSeverity, string> = {
  info: 'text.secondary',
  success: 'success.main',
  warning: 'warning.main',
  critical: 'error.main',
};

/** Order of severities, worst last. */
export const SEVERITY_ORDER: EventSeverity[] = [
  'info',
  'success',
  'warning',
  'critical',
];
