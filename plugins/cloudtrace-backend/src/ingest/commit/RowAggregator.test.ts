import { ROW_BYTES, ROW_OFFSET } from '../../requests/row/requestRow';
import { RowBuffer } from '../../requests/row/RowBuffer';
import { RowAggregator } from './RowAggregator';

describe('RowAggregator', () => {
  it('keeps entities apart if their instances and routes have the same ids', () => {
    const rows = new RowBuffer(3);
    [7, 8, 7].forEach((entityId, row) => {
      rows.view.setInt32(row * ROW_BYTES + ROW_OFFSET.entityId, entityId);
      rows.view.setInt32(row * ROW_BYTES + ROW_OFFSET.instanceId, 1);
      rows.view.setInt32(row * ROW_BYTES + ROW_OFFSET.routeId, 2);
    });
    rows.length = 3;
    const aggregator = new RowAggregator();
    aggregator.aggregate(rows, [{ start: 0, end: 3 }]);
    expect(
      aggregator.groups.map(g => [g.entityId, g.dimension, g.requests]),
    ).toEqual([
      [7, 1, 2],
      [7, 2, 2],
      [8, 1, 1],
      [8, 2, 1],
    ]);
  });
});
