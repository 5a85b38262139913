export {
  cloudtraceApiRef,
  type CloudtraceApi,
  type CloudtraceCallOptions,
} from './CloudtraceApi';
