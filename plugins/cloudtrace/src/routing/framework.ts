import * as framework from '@backstage/frontend-plugin-api';
import type { ApiRef } from '@backstage/frontend-plugin-api';
import type {
  AnchorHTMLAttributes,
  ForwardRefExoticComponent,
  RefAttributes,
} from 'react';
import type { AppPlace, Navigate, SetSearchParams } from './types';

/**
 * What the frontend framework exports since Backstage 1.57. The types are
 * ours, because those of older versions lack them.
 */
interface FrameworkRouting {
  RouterLink: ForwardRefExoticComponent<
    AnchorHTMLAttributes<HTMLAnchorElement> & {
      href: string;
    } & RefAttributes<HTMLAnchorElement>
  >;
  coreApis: { appHistory: ApiRef<unknown> };
  useAppLocation(): AppPlace;
  useAppNavigate(): Navigate;
  useAppSearchParams(): [URLSearchParams, SetSearchParams];
}

/**
 * An export of the framework; undefined before Backstage 1.57. Bundlers of older
 * apps would warn of a plain import.
 */
export function fromFramework<Name extends keyof FrameworkRouting>(
  name: Name,
): FrameworkRouting[Name] | undefined {
  return Reflect.get(framework, name);
}
