import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  EntityContextMenuItemBlueprint,
  EntityIconLinkBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { CloudtraceIcon } from '../components/CloudtraceIcon';
import { isCloudtraceEntity } from '../lib/entityFilter';
import { entityContentRouteRef } from '../routes';
import { useText } from '../state/useText';

/** Where the tab of the entity is; links are disabled if the app has no tab. */
function useTabTarget() {
  const href = useRouteRef(entityContentRouteRef)?.();
  return { href: href ?? '', disabled: href === undefined };
}

const iconLink = EntityIconLinkBlueprint.make({
  params: {
    filter: isCloudtraceEntity,
    useProps: () => {
      const t = useText();
      return {
        ...useTabTarget(),
        label: t('summary.title'),
        title: t('summary.open'),
        icon: <CloudtraceIcon />,
      };
    },
  },
});

const menuItem = EntityContextMenuItemBlueprint.make({
  params: {
    filter: isCloudtraceEntity,
    icon: <CloudtraceIcon sizePx={16} />,
    useProps: () => {
      const t = useText();
      return { ...useTabTarget(), title: t('summary.open') };
    },
  },
});

/** Ways to the tab from the card "About" and from the menu of the entity's page. */
export const entityLinks = [iconLink, menuItem];
