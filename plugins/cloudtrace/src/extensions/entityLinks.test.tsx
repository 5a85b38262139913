import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import {
  catalogApiRef,
  starredEntitiesApiRef,
  MockStarredEntitiesApi,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createDemoApi } from '../../dev/DemoCloudtraceApi';
import { cloudtraceApiRef } from '../api';
import { cloudtracePlugin } from '../plugin';
import { demoEntity } from '../testUtils/demoEntity';

const PAGE = '/catalog/default/component/demo-service';

function openPage(entity: object) {
  renderTestApp({
    features: [catalogPlugin, cloudtracePlugin],
    initialRouteEntries: [PAGE],
    apis: [
      [catalogApiRef, catalogApiMock({ entities: [entity as any] })],
      [cloudtraceApiRef, createDemoApi()],
      [starredEntitiesApiRef, new MockStarredEntitiesApi()],
      mockApis.permission(),
    ] as any,
  });
}

/** Backstage 1.57 and older versions name the button differently. */
const MENU_BUTTON = /^more( actions)?$/i;

describe('the page of an entity', () => {
  it('links to the tab from the card About, and shows our cards before the tables', async () => {
    openPage(demoEntity);
    expect(await screen.findByTitle('Open CloudTrace')).toHaveAttribute(
      'href',
      `${PAGE}/cloudtrace`,
    );
    await screen.findByText('Last hour, demo');
    await screen.findByText('Has subcomponents');
    const titles = ['About', 'Open findings', 'Has subcomponents'];
    const all = document.body.textContent!;
    const places = titles.map(title => all.indexOf(title));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('opens the tab from its menu', async () => {
    openPage(demoEntity);
    await userEvent.click(
      await screen.findByRole('button', { name: MENU_BUTTON }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Open CloudTrace' }),
    );
    expect(
      await screen.findByRole('navigation', { name: 'CloudTrace views' }),
    ).toBeInTheDocument();
  });

  it('has no link for an entity without the tab', async () => {
    openPage({ ...demoEntity, spec: { type: 'library' } });
    await userEvent.click(
      await screen.findByRole('button', { name: MENU_BUTTON }),
    );
    expect(await screen.findAllByRole('menuitem')).not.toHaveLength(0);
    expect(
      screen.queryByRole('menuitem', { name: 'Open CloudTrace' }),
    ).toBeNull();
    expect(screen.queryByTitle('Open CloudTrace')).toBeNull();
  });
});
