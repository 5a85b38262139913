import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { TabPage, type TabView } from './TabPage';

/** The CloudTrace tab of the entity whose page is open: its bar and its views. */
export function CloudtraceTab(props: { views: TabView[] }) {
  const { entity } = useEntity();
  return <TabPage entityRef={stringifyEntityRef(entity)} views={props.views} />;
}
