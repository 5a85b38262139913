export {
  LIVE_DATA_KINDS,
  type LiveDataKind,
  type LivePing,
} from './LiveDataKind';
