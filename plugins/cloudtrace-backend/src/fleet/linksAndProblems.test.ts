import request from 'supertest';
import { asUser } from '../testUtils/backend';
import { targetGroup, until, useFleetBackends } from '../testUtils/fleet';
import { replaceProblems } from './database/replaceProblems';

jest.setTimeout(120_000);

const scope = {
  entityRef: 'component:default/shop',
  environment: 'production',
};

describe('what an entity sees of resources and accounts', () => {
  const startBackend = useFleetBackends();

  it('keeps a deleted resource for a day, and forgets one that belongs to others', async () => {
    const { backend, provider, knex, get } = await startBackend();
    const linked = async () =>
      (await knex('fleet_links')
        .join('fleet_resources', {
          'fleet_links.resource_id': 'fleet_resources.resource_id',
        })
        .pluck('external_id')) as string[];
    const locate = async () => {
      const before = provider.collected.length;
      provider.change({ scopes: [scope], resourceIds: [targetGroup.id] });
      await until(async () => provider.collected.length > before);
    };
    const linkEnds = async () => {
      provider.change({ scopes: [scope] });
      await until(async () => !(await linked()).includes(targetGroup.id));
    };
    provider.missing.add(targetGroup.id);
    provider.deleted.add(targetGroup.id);
    await locate();
    expect(await linked()).toContain(targetGroup.id);
    expect((await get('/health')).groups).toHaveLength(1);

    const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
    const age = (readAt: string) =>
      knex.raw(
        `UPDATE fleet_resources SET snapshot = jsonb_set(snapshot, '{readAt}', jsonb_build_object('targets', ?::text))
          WHERE external_id = ?`,
        [readAt, targetGroup.id],
      );
    await age(yesterday);
    await linkEnds();

    provider.missing.clear();
    provider.change({ scopes: [scope] });
    await until(async () => (await linked()).includes(targetGroup.id));
    await age(new Date().toISOString());
    provider.missing.add(targetGroup.id);
    provider.deleted.clear();
    await linkEnds();
    await backend.stop();
  });

  it('shows once what a provider says of each of its resources', async () => {
    const { backend, knex, get } = await startBackend();
    const ids: number[] = await knex('fleet_resources').pluck('resource_id');
    expect(ids.length).toBeGreaterThan(1);
    await replaceProblems(knex, {
      provider: 'fake',
      stage: 'collect',
      problems: ids.map(storedResourceId => ({
        code: 'unavailable' as const,
        message: 'The cloud does not respond',
        storedResourceId,
      })),
    });
    const { notices } = await get('/health');
    expect(notices).toMatchObject([{ message: 'The cloud does not respond' }]);
    expect(notices[0].resourceId).toBeUndefined();
    await backend.stop();
  });

  it('shows the problem of an account only where it may matter', async () => {
    const { backend, knex, get } = await startBackend();
    await knex('fleet_resources')
      .where({ external_id: targetGroup.id })
      .update({ account: 'ours' });
    await replaceProblems(knex, {
      provider: 'fake',
      stage: 'locate',
      problems: ['ours', 'theirs', undefined].map(account => ({
        code: 'unavailable' as const,
        message: `of ${account}`,
        account,
      })),
    });
    const messages = (health: any) =>
      health.notices.map((notice: any) => notice.message);
    expect(messages(await get('/health'))).toEqual(['of ours', 'of undefined']);
    const { body: other } = await request(backend.server)
      .get('/api/cloudtrace/v1/entities/component/default/other/health')
      .query({ environment: 'production' })
      .set(asUser());
    expect(messages(other)).toEqual(['of ours', 'of theirs', 'of undefined']);
    await backend.stop();
  });
});
