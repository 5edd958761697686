// The bot's registration: Azure Bot with Microsoft Teams as its one channel of ours.
// main.bicep uses it; alone it serves a server that runs elsewhere.

@description('Name of the Azure Bot, 2 to 64 characters.')
@minLength(2)
@maxLength(64)
param name string

@description('What admins see in the portal; people see the name in the app package.')
param displayName string = 'Fixladder'

@description('Where the server is reached, for example https://help.example.org')
param publicUrl string

@description('Application (client) id: of the app registration, or of the managed identity.')
param appId string

@allowed([
  'SingleTenant'
  'UserAssignedMSI'
])
param appType string

@description('Directory (tenant) id of the app.')
param tenantId string = tenant().tenantId

@description('With UserAssignedMSI: the resource id of the managed identity.')
param identityId string = ''

@description('F0 is free, and without limit for Teams.')
@allowed([
  'F0'
  'S1'
])
param sku string = 'F0'

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: sku
  }
  properties: {
    displayName: displayName
    endpoint: '${publicUrl}/api/messages'
    msaAppId: appId
    msaAppType: appType
    msaAppTenantId: tenantId
    msaAppMSIResourceId: appType == 'UserAssignedMSI' ? identityId : null
    isStreamingSupported: false
    schemaTransformationVersion: '1.3'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      // Microsoft's terms for the channel; whoever deploys this accepts them.
      acceptedTerms: true
      enableCalling: false
      deploymentEnvironment: 'CommercialDeployment'
    }
  }
}

output endpoint string = bot.properties.endpoint
