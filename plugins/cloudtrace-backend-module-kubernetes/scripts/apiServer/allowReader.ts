import { makeClusterRole } from '../../src/rbac/clusterRole';
import type { RunningApiServer } from './startApiServer';

/** Gives the portal's user exactly the documented role. */
export async function allowReader({
  admin,
  readerName,
}: RunningApiServer): Promise<void> {
  const role = makeClusterRole();
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  await admin.create(`${rbac}/clusterroles`, role);
  await admin.create(`${rbac}/clusterrolebindings`, {
    metadata: { name: role.metadata.name },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: role.metadata.name,
    },
    subjects: [{ kind: 'User', name: readerName }],
  });
}
