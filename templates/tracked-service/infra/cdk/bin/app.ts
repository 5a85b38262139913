import { App } from 'aws-cdk-lib';
import { createApp } from '../lib/createApp.ts';
import { readSettings } from '../lib/settings/readSettings.ts';

const app = new App();
const context = (key: string): string =>
  String(app.node.tryGetContext(key) ?? '');

createApp(
  readSettings({
    environment: context('environment'),
    image: context('image'),
    instancesEnabled: context('instancesEnabled') !== 'false',
  }),
  app,
);
