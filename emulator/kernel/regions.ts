/** Azure's regions by short name: the display name, as gallery versions show it. Azure's list of regions, 2026. */
const DISPLAY_NAMES: Record<string, string> = {
  australiacentral: 'Australia Central',
  australiaeast: 'Australia East',
  australiasoutheast: 'Australia Southeast',
  austriaeast: 'Austria East',
  brazilsouth: 'Brazil South',
  canadacentral: 'Canada Central',
  canadaeast: 'Canada East',
  centralindia: 'Central India',
  centralus: 'Central US',
  centraluseuap: 'Central US EUAP',
  eastasia: 'East Asia',
  eastus: 'East US',
  eastus2: 'East US 2',
  eastus2euap: 'East US 2 EUAP',
  francecentral: 'France Central',
  germanywestcentral: 'Germany West Central',
  israelcentral: 'Israel Central',
  italynorth: 'Italy North',
  japaneast: 'Japan East',
  japanwest: 'Japan West',
  koreacentral: 'Korea Central',
  koreasouth: 'Korea South',
  mexicocentral: 'Mexico Central',
  northcentralus: 'North Central US',
  northeurope: 'North Europe',
  norwayeast: 'Norway East',
  polandcentral: 'Poland Central',
  qatarcentral: 'Qatar Central',
  southafricanorth: 'South Africa North',
  southcentralus: 'South Central US',
  southeastasia: 'Southeast Asia',
  southindia: 'South India',
  spaincentral: 'Spain Central',
  swedencentral: 'Sweden Central',
  switzerlandnorth: 'Switzerland North',
  uaenorth: 'UAE North',
  uksouth: 'UK South',
  ukwest: 'UK West',
  usgovarizona: 'US Gov Arizona',
  usgovtexas: 'US Gov Texas',
  usgovvirginia: 'US Gov Virginia',
  chinaeast2: 'China East 2',
  chinaeast3: 'China East 3',
  chinanorth3: 'China North 3',
  westcentralus: 'West Central US',
  westeurope: 'West Europe',
  westindia: 'West India',
  westus: 'West US',
  westus2: 'West US 2',
  westus3: 'West US 3'
}

/** `East US 2` and `EastUS2` are `eastus2`. */
export const shortRegion = (name: string): string => name.replaceAll(' ', '').toLowerCase()

/** Undefined for a region that Azure doesn't have. */
export const displayRegion = (name: string): string | undefined => DISPLAY_NAMES[shortRegion(name)]

export const regionNames = (): string[] => Object.keys(DISPLAY_NAMES)

/** Of the public cloud, by short name: what a subscription there offers. */
export const publicRegions = (): [name: string, displayName: string][] =>
  Object.entries(DISPLAY_NAMES).filter(([name]) => !/^(?:usgov|china)/.test(name))

const OFFSETS: Record<string, number> = { southeastasia: 8, eastasia: 8 }

/** Hours by which operations of a region write their times, as recorded; most write UTC. */
export const offsetOf = (region: string): number => OFFSETS[shortRegion(region)] ?? 0
