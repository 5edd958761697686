// The server and its bot in one resource group:
//   az deployment group create --resource-group fixladder --template-file deploy/azure/main.bicep \
//     --parameters image=contoso.azurecr.io/fixladder:0.1.0 registryServer=contoso.azurecr.io
// docs/teams.md has the steps before and after.

@description('Name of the container app, and the beginning of the names around it.')
@minLength(2)
@maxLength(32)
param name string = 'fixladder'

param location string = resourceGroup().location

@description('The image, for example contoso.azurecr.io/fixladder:0.1.0')
param image string

@description('Host of the registry that the identity pulls the image from, or empty for a public one.')
param registryServer string = ''

@description('UserAssignedMSI: the bot is the managed identity, and there is no secret. SingleTenant: an app registration.')
@allowed([
  'UserAssignedMSI'
  'SingleTenant'
])
param appType string = 'UserAssignedMSI'

@description('With SingleTenant: the application (client) id of the app registration.')
param appId string = ''

@description('With SingleTenant: a client secret of the app registration.')
@secure()
param appPassword string = ''

@description('The address people use, if it is not the one that Azure gives.')
param publicUrl string = ''

@description('Further settings by name, as in .env.example.')
param settings object = {}

@description('Further settings that are secrets, by name.')
@secure()
param secretSettings object = {}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

var botId = appType == 'UserAssignedMSI' ? identity.properties.clientId : appId

module app 'app.bicep' = {
  name: '${name}-app'
  params: {
    name: name
    location: location
    image: image
    registryServer: registryServer
    identityId: identity.id
    publicUrl: publicUrl
    settings: union(settings, {
      MicrosoftAppId: botId
      MicrosoftAppType: appType
      MicrosoftAppTenantId: tenant().tenantId
    })
    secretSettings: union(secretSettings, empty(appPassword) ? {} : { MicrosoftAppPassword: appPassword })
  }
}

module bot 'bot.bicep' = {
  name: '${name}-bot'
  params: {
    name: '${name}-bot-${uniqueString(resourceGroup().id)}'
    publicUrl: app.outputs.url
    appId: botId
    appType: appType
    identityId: identity.id
  }
}

output url string = app.outputs.url
output endpoint string = bot.outputs.endpoint
output appId string = botId
output identityPrincipalId string = identity.properties.principalId
