import type { WatchedObject } from '../../objects/types';
import { annotationOf } from '../fields';

/** How an operator has paused KEDA (keda.sh/docs, "Pausing autoscaling"). */
export interface KedaPause {
  /** Whether it scales in no direction. */
  isComplete: boolean;
  /** The size that it holds meanwhile; absent for the size at the time. */
  replicas?: number;
  scaleIn: boolean;
  scaleOut: boolean;
}

/** Reads the annotations of a ScaledObject; undefined if nothing is paused. */
export function kedaPauseOf(
  scaledObject: WatchedObject | undefined,
): KedaPause | undefined {
  const held = annotationOf(
    scaledObject,
    'autoscaling.keda.sh/paused-replicas',
  );
  const replicas = /^\d{1,9}$/.test(held ?? '') ? Number(held) : undefined;
  const scaleIn = isSet(scaledObject, 'autoscaling.keda.sh/paused-scale-in');
  const scaleOut = isSet(scaledObject, 'autoscaling.keda.sh/paused-scale-out');
  const isComplete =
    held !== undefined ||
    isSet(scaledObject, 'autoscaling.keda.sh/paused') ||
    (scaleIn && scaleOut);
  return isComplete || scaleIn || scaleOut
    ? { isComplete, replicas, scaleIn, scaleOut }
    : undefined;
}

/** The scaling processes that are paused, as the API names them. */
export function pausedProcesses(pause: KedaPause | undefined): string[] {
  if (!pause) return [];
  if (pause.replicas !== undefined) {
    return [`Autoscaling at ${pause.replicas}`];
  }
  if (pause.isComplete) return ['Autoscaling'];
  return [pause.scaleIn ? 'ScaleIn' : 'ScaleOut'];
}

function isSet(object: WatchedObject | undefined, name: string): boolean {
  return (annotationOf(object, name) ?? 'false').toLowerCase() !== 'false';
}
