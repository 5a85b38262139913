import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { entityContentRouteRef } from '../../routes';
import { TabPage, type TabView } from './TabPage';

/** The CloudTrace tab of the entity whose page is open: its bar and its views. */
export function CloudtraceTab(props: { views: TabView[] }) {
  const { entity } = useEntity();
  const pathOfTab = useRouteRef(entityContentRouteRef);
  return (
    <TabPage
      entityRef={stringifyEntityRef(entity)}
      views={props.views}
      mountPath={pathOfTab?.()}
    />
  );
}
