import { GonePods } from './GonePods';

describe('GonePods', () => {
  it('knows which deleted objects belonged to an owner, for two hours', () => {
    const gone = new GonePods();
    gone.remember({ uid: 'pod-1', namespace: 'shop', owner: 'set' }, 0);
    gone.remember({ uid: 'pod-2', namespace: 'shop', owner: 'set' }, 3_600_000);
    expect(gone.ownerOf('pod-1')).toBe('set');
    const owned = () => [...gone.ownedBy({ uid: 'set', namespace: 'shop' })];
    expect(owned()).toEqual(['pod-1', 'pod-2']);
    gone.remember({ uid: 'x', namespace: 'shop', owner: 'y' }, 7_500_000);
    expect(owned()).toEqual(['pod-2']);
    expect(gone.ownerOf('pod-1')).toBeUndefined();
  });

  it('does not believe an object of another namespace', () => {
    const gone = new GonePods();
    gone.remember({ uid: 'forged', namespace: 'evil', owner: 'set' }, 0);
    expect([...gone.ownedBy({ uid: 'set', namespace: 'shop' })]).toEqual([]);
  });
});
