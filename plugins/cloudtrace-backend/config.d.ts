export interface Config {
  cloudtrace?: {};
}
