import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSettings } from '../lib/settings/parseSettings.ts';
import { readSettings } from '../lib/settings/readSettings.ts';
import { shortName } from '../lib/names.ts';
import { EXAMPLE, exampleSettings } from './exampleSettings.ts';

describe('parseSettings', () => {
  it('fills in the defaults', () => {
    const settings = parseSettings(EXAMPLE);
    assert.equal(settings.scalingPolicy, 'step-cpu');
    assert.equal(settings.minSize, 2);
    assert.equal(settings.flowLogsEnabled, true);
  });

  it('names every invalid value at once, with what is expected', () => {
    const wrong = {
      name: 'Orders_1',
      entityRef: 'orders',
      image: 'orders:latest',
      certificateArn: '',
      hostName: 'https://orders.example.org',
      zones: ['eu-west-1a'],
      minSize: 8,
      maxSize: 6,
      scalingPolicy: 'cpu',
      secretsBackend: 'vault',
      vaultAddress: 'http://vault.example.org',
      otlpEndpoint: 'http://portal.example.org',
      portalAccountId: '222222222222',
      minsize: 2,
    };
    assert.throws(
      () => parseSettings({ ...EXAMPLE, ...wrong }),
      (error: Error) => {
        const named = [...error.message.matchAll(/^- (\w+)/gm)].map(
          match => match[1],
        );
        assert.deepEqual(
          named.sort(),
          [
            'certificateArn',
            'entityRef',
            'hostName',
            'image',
            'maxSize',
            'minsize',
            'name',
            'otlpEndpoint',
            'portalExternalId',
            'scalingPolicy',
            'vaultAddress',
            'zones',
          ].sort(),
        );
        return true;
      },
    );
  });
});

describe('readSettings', () => {
  it('lists the available environments for an unknown one', () => {
    assert.throws(
      () => readSettings({ environment: 'moon', image: EXAMPLE.image }),
      /No environment "moon".*production, staging/,
    );
  });

  it('starts no instance in the first step of the first deployment', () => {
    const source = { environment: 'production', image: EXAMPLE.image };
    assert.equal(readSettings(source).minSize, 2);
    assert.equal(
      readSettings({ ...source, instancesEnabled: false }).minSize,
      0,
    );
  });
});

describe('shortName', () => {
  it('keeps names limited to 32 characters distinct', () => {
    const name = 'a-service-with-a-rather-long-name-indeed';
    const production = shortName(
      exampleSettings({ name, environment: 'production' }),
    );
    const staging = shortName(
      exampleSettings({ name, environment: 'staging' }),
    );
    assert.match(production, /^a-service-with-a-rather-l-[0-9a-f]{6}$/);
    assert.notEqual(production, staging);
  });
});
