import { UNKNOWN } from '../protocol/value';
import { AddressBook, type ConfiguredResource } from './address-book';

const configured: ConfiguredResource[] = [
  { address: 'aws_vpc.main', type: 'aws_vpc', config: { cidr_block: '10.0.0.0/16' } },
  { address: 'aws_subnet.a', type: 'aws_subnet', config: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.0.0/24' } },
  { address: 'aws_subnet.b', type: 'aws_subnet', config: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24' } },
  {
    address: 'aws_route_table_association.a',
    type: 'aws_route_table_association',
    config: { subnet_id: '${aws_subnet.a.id}' },
  },
  {
    address: 'aws_route_table_association.b',
    type: 'aws_route_table_association',
    config: { subnet_id: '${aws_subnet.b.id}' },
  },
  { address: 'aws_eip.x', type: 'aws_eip', config: { lifecycle: { prevent_destroy: true } } },
  { address: 'aws_eip.y', type: 'aws_eip', config: {} },
];

describe('an address', () => {
  it('is known by what is written about it', () => {
    const book = new AddressBook(() => configured);
    expect(book.addressesOf('aws_subnet', { vpc_id: UNKNOWN, cidr_block: '10.0.1.0/24' })).toEqual(['aws_subnet.b']);
  });

  it('is known by what it refers to, once that was seen', () => {
    const book = new AddressBook(() => configured);
    book.remember(['aws_subnet.a'], { id: 'subnet-1' });
    book.remember(['aws_subnet.b'], { id: 'subnet-2' });
    expect(book.addressesOf('aws_route_table_association', { subnet_id: 'subnet-2' })).toEqual([
      'aws_route_table_association.b',
    ]);
  });

  it('is one of several where nothing tells them apart, and none for what is configured nowhere', () => {
    const book = new AddressBook(() => configured);
    expect(book.addressesOf('aws_eip', { domain: 'vpc' })).toEqual(['aws_eip.x', 'aws_eip.y']);
    expect(book.addressesOf('aws_vpc', { cidr_block: '10.9.0.0/16' })).toEqual([]);
  });
});
