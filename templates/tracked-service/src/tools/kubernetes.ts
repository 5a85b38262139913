import { checkSchemas } from '../../tests/kubernetes/checkSchemas';
import { policies } from '../../tests/kubernetes/policies';
import {
  OVERLAYS,
  renderManifests,
} from '../../tests/kubernetes/renderManifests';
import type { Report } from './Report';
import { isInstalled } from './runTool';

/** Renders each overlay as a deployment does, and checks the result by the schemas of its kinds and by all policies. */
export function checkManifests(directory: string, report: Report): string[] {
  if (!isInstalled('kubectl')) {
    report.skip('G1 Kubernetes: kubectl is not installed');
    return [];
  }
  return OVERLAYS.flatMap(overlay => {
    const manifests = renderManifests(directory, overlay);
    return [
      ...checkSchemas(manifests),
      ...policies.flatMap(policy => policy.find(manifests)),
    ].map(problem => `${overlay}: ${problem}`);
  });
}
