import { compatWrapper } from '@backstage/core-compat-api';
import { lazy, Suspense } from 'react';
import type { CloudtraceViewParams } from '../blueprints';
import { CloudtraceTab } from '../components/tab';
import { builtInViews } from '../extensions/builtInViews';

function toTabView({ path, title, badge, loader }: CloudtraceViewParams) {
  const View = lazy(async () => {
    const element = await loader();
    return { default: () => element };
  });
  return {
    path,
    title,
    Badge: badge,
    element: (
      <Suspense fallback={null}>
        <View />
      </Suspense>
    ),
  };
}

const views = Object.values<CloudtraceViewParams>(builtInViews).map(toTabView);

/** The tab with the plugin's own views. */
export function EntityContent() {
  return compatWrapper(<CloudtraceTab views={views} />);
}
