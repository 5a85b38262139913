export { MyFindings } from './MyFindings';
export { MyServices } from './MyServices';
export { WidgetRenderer } from './WidgetContent';
