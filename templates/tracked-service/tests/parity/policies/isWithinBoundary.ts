import { BootstrapStack } from '../../bootstrap/BootstrapStack';
import { isAllowed, type Statement } from '../../bootstrap/isAllowed';

const boundary: Statement[] = new BootstrapStack(
  'common/infra/bootstrap/environment.yaml',
  {
    Name: 'orders',
    Environment: 'staging',
    OidcIssuer: 'ci.example.com',
    DeploySubject: 's',
  },
).properties('Boundary').PolicyDocument.Statement;

/** Whether roles may use an action on some resource, or their boundary makes a permission for it useless. */
export function isWithinBoundary(action: string): boolean {
  return isAllowed(
    boundary.map(({ Effect, Action }) => ({ Effect, Action, Resource: '*' })),
    { action, resource: '*' },
  );
}
