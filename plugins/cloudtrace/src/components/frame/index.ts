export { CloudtraceTab, type TabView } from './CloudtraceTab';
