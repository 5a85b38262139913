import {
  coreExtensionData,
  createExtensionBlueprint,
  createExtensionDataRef,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import type { ComponentType, JSX } from 'react';
import { z } from 'zod';

const titleDataRef = createExtensionDataRef<string>().with({
  id: 'cloudtrace.view-title',
});

const badgeDataRef = createExtensionDataRef<ComponentType>().with({
  id: 'cloudtrace.view-badge',
});

/** Parameters of a view in the CloudTrace tab. @public */
export interface CloudtraceViewParams {
  /** Path below the tab, without slashes, e.g. `load-distribution`. */
  path: string;
  /** Label in the list of views. */
  title: string;
  /** Loads the view. It is rendered inside the tab. */
  loader: () => Promise<JSX.Element>;
  /** Rendered beside the label to point out a problem. */
  badge?: ComponentType;
}

/**
 * Adds a view to the CloudTrace tab of an entity. Any plugin may add one;
 * `app.extensions` disables, renames and reorders views.
 *
 * @remarks Inside the view, `useCloudtraceView` returns the entity, the
 * environment and the time range that the viewer chose.
 *
 * @public
 */
export const CloudtraceViewBlueprint = createExtensionBlueprint({
  kind: 'cloudtrace-view',
  attachTo: { id: 'entity-content:cloudtrace', input: 'views' },
  output: [
    coreExtensionData.routePath,
    coreExtensionData.reactElement,
    titleDataRef,
    badgeDataRef.optional(),
  ],
  dataRefs: { title: titleDataRef, badge: badgeDataRef },
  configSchema: {
    path: z.string().optional(),
    title: z.string().optional(),
  },
  *factory(params: CloudtraceViewParams, { config, node }) {
    yield coreExtensionData.routePath(config.path ?? params.path);
    yield titleDataRef(config.title ?? params.title);
    yield coreExtensionData.reactElement(
      ExtensionBoundary.lazy(node, params.loader),
    );
    if (params.badge) {
      yield badgeDataRef(params.badge);
    }
  },
});
