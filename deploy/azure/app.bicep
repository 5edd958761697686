// The server as a container app with a folder that lasts. main.bicep uses it.
//
// The store is SQLite in one folder, so there is one replica, and never two at once: a second one ends with
// data_dir_in_use. That lock has to hold between machines, which is why the folder is an NFS share (SMB without byte-range
// locks would let two write, and with them SQLite reports "database is locked").
// So a new version is not rolled out beside the old one: deactivate the running revision first (docs/teams.md).

@description('Name of the container app, and the beginning of the names around it.')
@minLength(2)
@maxLength(32)
param name string

param location string = resourceGroup().location

@description('The image, for example contoso.azurecr.io/fixladder:0.1.0')
param image string

@description('Host of the registry that the identity pulls the image from, or empty for a public one.')
param registryServer string = ''

@description('Resource id of the user-assigned identity that the app runs with.')
param identityId string

@description('Where the server is reached; empty for the address that Azure gives it.')
param publicUrl string = ''

@description('Settings by name, as in .env.example.')
param settings object = {}

@description('Settings that are secrets, by name: MicrosoftAppPassword, DIRECT_LINE_SECRET and the like.')
@secure()
param secretSettings object = {}

@description('Name of the storage account, 3 to 24 small letters and digits.')
@minLength(3)
@maxLength(24)
param storageName string = take('fixladder${uniqueString(resourceGroup().id, name)}', 24)

@description('Gives the share to the server\'s user, once; it does nothing else.')
param ownerImage string = 'mcr.microsoft.com/azurelinux/busybox:1.36'

@description('The subnet of the app; at least /27.')
param subnetPrefix string = '10.20.0.0/27'

@description('Networks whose X-Forwarded-For is believed: those that Azure\'s ingress calls from.')
param trustedProxies string = '${subnetPrefix},100.64.0.0/10'

var port = 3978
var shareName = 'data'
var address = empty(publicUrl) ? 'https://${name}.${environment.properties.defaultDomain}' : publicUrl

// Names of secrets in Azure are in small letters, with hyphens only.
var secrets = [
  for setting in items(secretSettings): {
    name: toLower(replace(setting.key, '_', '-'))
    value: setting.value
  }
]
var secretEnvironment = [
  for setting in items(secretSettings): {
    name: setting.key
    secretRef: toLower(replace(setting.key, '_', '-'))
  }
]
var plainEnvironment = [
  for setting in items(settings): {
    name: setting.key
    value: string(setting.value)
  }
]

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        subnetPrefix
      ]
    }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: subnetPrefix
          // NFS has no password: this subnet is what may reach the share.
          serviceEndpoints: [
            {
              service: 'Microsoft.Storage'
            }
          ]
          delegations: [
            {
              name: 'apps'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
    ]
  }
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'FileStorage'
  sku: {
    name: 'Premium_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    // NFS is not https. What goes to the share stays in the network above and is encrypted at rest.
    supportsHttpsTrafficOnly: false
    networkAcls: {
      bypass: 'None'
      defaultAction: 'Deny'
      virtualNetworkRules: [
        {
          id: network.properties.subnets[0].id
          action: 'Allow'
        }
      ]
    }
  }
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

resource share 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: files
  name: shareName
  properties: {
    enabledProtocols: 'NFS'
    rootSquash: 'NoRootSquash'
    // GiB; the least there is of this kind.
    shareQuota: 100
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    retentionInDays: 30
    sku: {
      name: 'PerGB2018'
    }
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    vnetConfiguration: {
      infrastructureSubnetId: network.properties.subnets[0].id
      internal: false
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource mount 'Microsoft.App/managedEnvironments/storages@2025-01-01' = {
  parent: environment
  name: shareName
  properties: {
    nfsAzureFile: {
      accessMode: 'ReadWrite'
      server: '${storage.name}.file.${az.environment().suffixes.storage}'
      shareName: '/${storage.name}/${share.name}'
    }
  }
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Multiple'
      ingress: {
        external: true
        targetPort: port
        transport: 'auto'
        allowInsecure: false
        traffic: [
          {
            latestRevision: true
            weight: 100
          }
        ]
      }
      registries: empty(registryServer)
        ? []
        : [
            {
              server: registryServer
              identity: identityId
            }
          ]
      secrets: secrets
    }
    template: {
      terminationGracePeriodSeconds: 60
      initContainers: [
        {
          name: 'owner'
          image: ownerImage
          command: [
            'sh'
            '-c'
            'mkdir -p /share/fixladder && chown 1000:1000 /share/fixladder && chmod 700 /share/fixladder'
          ]
          resources: {
            cpu: json('0.25')
            memory: '0.5Gi'
          }
          volumeMounts: [
            {
              volumeName: 'data'
              mountPath: '/share'
            }
          ]
        }
      ]
      containers: [
        {
          name: 'fixladder'
          image: image
          env: concat(
            [
              {
                name: 'HOST'
                value: '0.0.0.0'
              }
              {
                name: 'PORT'
                value: string(port)
              }
              {
                name: 'DATA_DIR'
                value: '/share/fixladder'
              }
              {
                name: 'PUBLIC_URL'
                value: address
              }
              {
                name: 'TRUSTED_PROXIES'
                value: trustedProxies
              }
            ],
            plainEnvironment,
            secretEnvironment
          )
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          volumeMounts: [
            {
              volumeName: 'data'
              mountPath: '/share'
            }
          ]
          probes: [
            {
              // A new pack is learnt before the first answer.
              type: 'Startup'
              httpGet: {
                path: '/healthz'
                port: port
              }
              periodSeconds: 5
              failureThreshold: 48
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: port
              }
              periodSeconds: 20
              failureThreshold: 6
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: port
              }
              periodSeconds: 10
            }
          ]
        }
      ]
      scale: {
        minReplicas: 1
        maxReplicas: 1
      }
      volumes: [
        {
          name: 'data'
          storageType: 'NfsAzureFile'
          storageName: mount.name
        }
      ]
    }
  }
}

output url string = address
