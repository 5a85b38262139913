export { EventStrip } from './EventStrip';
