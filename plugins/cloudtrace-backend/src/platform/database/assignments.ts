import type { Knex } from 'knex';
import { changeRows, queryRows } from '../../database/queryRows';

/** Maximum number of assignments. */
export const MAX_ASSIGNMENTS = 10_000;

/** A service that an operator assigned to an entity. */
export interface AssignmentRow {
  name: string;
  namespace: string;
  entityRef: string;
  entityUid: string | null;
  assignedAt: Date;
  assignedBy: string;
}

/** Lists all assignments by name. */
export async function listAssignments(knex: Knex): Promise<AssignmentRow[]> {
  return queryRows<AssignmentRow>(
    knex,
    `SELECT service_name AS "name", service_namespace AS "namespace",
            entity_ref AS "entityRef", entity_uid AS "entityUid",
            assigned_at AS "assignedAt", assigned_by AS "assignedBy"
       FROM service_assignments
      ORDER BY service_name, service_namespace LIMIT ?`,
    [MAX_ASSIGNMENTS],
  );
}

/**
 * Stores an assignment, and forgets that the service was unknown. Returns false
 * if there are too many assignments.
 */
export async function storeAssignment(
  knex: Knex,
  assignment: Omit<AssignmentRow, 'assignedAt'>,
): Promise<boolean> {
  const { name, namespace, entityRef, entityUid, assignedBy } = assignment;
  return knex.transaction(async tx => {
    const stored = await changeRows(
      tx,
      `INSERT INTO service_assignments
         (service_name, service_namespace, entity_ref, entity_uid, assigned_by)
       SELECT ?::text, ?::text, ?::text, ?::text, ?::text
        WHERE (SELECT count(*) FROM service_assignments) < ?
           OR EXISTS (SELECT 1 FROM service_assignments
                       WHERE service_name = ? AND service_namespace = ?)
       ON CONFLICT (service_name, service_namespace) DO UPDATE
         SET entity_ref = EXCLUDED.entity_ref, entity_uid = EXCLUDED.entity_uid,
             assigned_at = EXCLUDED.assigned_at,
             assigned_by = EXCLUDED.assigned_by`,
      [
        name,
        namespace,
        entityRef,
        entityUid,
        assignedBy,
        MAX_ASSIGNMENTS,
        name,
        namespace,
      ],
    );
    if (stored === 0) return false;
    await tx.raw(
      `DELETE FROM unknown_services
        WHERE service_name = ? AND service_namespace = ?`,
      [name, namespace],
    );
    return true;
  });
}

/** Ends an assignment. */
export async function deleteAssignment(
  knex: Knex,
  service: { name: string; namespace: string },
): Promise<void> {
  await knex.raw(
    `DELETE FROM service_assignments
      WHERE service_name = ? AND service_namespace = ?`,
    [service.name, service.namespace],
  );
}
