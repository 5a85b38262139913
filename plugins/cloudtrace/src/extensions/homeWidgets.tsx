import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { portalMessages } from '../messages/portal';

/*
 * Backstage does not translate the titles in its list of widgets; the cards
 * have translated ones.
 */
const { home } = portalMessages;

const layout = {
  width: { minColumns: 4, defaultColumns: 6 },
  height: { minRows: 3, defaultRows: 5 },
};

const myServices = HomePageWidgetBlueprint.make({
  name: 'my-services',
  params: {
    name: 'CloudtraceMyServices',
    title: home.myServices,
    description: home.myServicesDetail,
    layout,
    components: () =>
      import('../components/home').then(m => ({
        Content: m.MyServices,
        Renderer: m.WidgetRenderer,
      })),
  },
});

const myFindings = HomePageWidgetBlueprint.make({
  name: 'my-findings',
  params: {
    name: 'CloudtraceMyFindings',
    title: home.myFindings,
    description: home.myFindingsDetail,
    layout,
    components: () =>
      import('../components/home').then(m => ({
        Content: m.MyFindings,
        Renderer: m.WidgetRenderer,
      })),
  },
});

/** Widgets for the home page; unused without the home plugin. */
export const homeWidgets = [myServices, myFindings];
