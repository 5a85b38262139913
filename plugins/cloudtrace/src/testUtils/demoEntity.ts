/** The entity of the playground's demo data. */
export const demoEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'demo-service', namespace: 'default' },
  spec: { type: 'service' },
};

/** Where the entity's page is; a page at the root has no paths below it. */
export const BASE = '/entity';
