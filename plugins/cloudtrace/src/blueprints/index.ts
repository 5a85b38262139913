export {
  CloudtraceViewBlueprint,
  type CloudtraceViewParams,
} from './CloudtraceViewBlueprint';
